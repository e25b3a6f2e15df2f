# Asks the kernel "soft4j" what Shift-Tab asks; exits with 0 where it knows.
from jupyter_client.manager import start_new_kernel

EXPECTED = {
    "labs.open(": ["Lab Labs.open(String preset)", "Opens the model of a preset"],
    "labs.open": ["Lab Labs.open(String preset)"],
    "int a = 1;\nlabs.open(": ["Lab Labs.open(SoftSession session)"],
    "SoftSession": ["org.soft4j.run.SoftSession", "A whole run in a few words: SoftSession.micro()"],
    "twice(": ["int twice(int number)"],
    "labs": ["labs:org.soft4j.lab.Labs"],
}

manager, client = start_new_kernel(kernel_name="soft4j", startup_timeout=180)
try:
    client.execute("int twice(int number) { return 2 * number; }", reply=True, timeout=120)
    for code, wanted in EXPECTED.items():
        content = client.inspect(code, reply=True, timeout=60)["content"]
        text = content["data"].get("text/plain", "")
        assert content["found"] and all(part in text for part in wanted), (code, text)
    nothing = client.inspect("nothingIsCalledSo", reply=True, timeout=60)["content"]
    assert not nothing["found"], nothing
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
