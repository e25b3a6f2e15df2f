# Runs JupyterLab as long as its caller lives: JupyterLab's words
from jupyter_client.kernelspec import KernelSpecManager
from jupyterlab.labapp import main

installed = KernelSpecManager.find_kernel_specs


def offered(manager):
    """The package that brings the kernel registers it a second time, without soft4j in it."""
    kernels = installed(manager)
    bare = kernels.get("java")
    if bare and "soft4j" in kernels and os.path.exists(os.path.join(bare, "jjava.jar")):
        del kernels["java"]
    return kernels


KernelSpecManager.find_kernel_specs = offered
end_with_caller(12)
sys.argv[0] = "jupyter-lab"
sys.exit(main())
