# Runs jupyter_kernel_test 0.7.0 against the kernel "soft4j" (or the one named), prints one line a
# test, and exits with 0 where each ends as docs/notebooks.md says.
import sys
import unittest

import jupyter_kernel_test

EXPECTED = {
    "test_completion": "passed",
    "test_display_data": "passed",
    "test_error": "passed",
    "test_execute_result": "passed",
    "test_execute_stderr": "passed",
    "test_execute_stdout": "passed",
    "test_history": "passed",
    "test_inspect": "passed",
    "test_is_complete": "passed",
    "test_kernel_info": "passed",
    # Nothing in JJava clears an output or opens a pager.
    "test_clear_output": "skipped",
    "test_pager": "skipped",
}


class Soft4jKernel(jupyter_kernel_test.KernelTests):
    kernel_name = sys.argv[1] if len(sys.argv) > 1 else "soft4j"
    language_name = "Java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("fault");'
    completion_samples = [{"text": "Math.hypo", "matches": ["hypot("]}]
    complete_code_samples = ["1", "int f() { return 1; }", "int a = 1;\nint b = 2;"]
    incomplete_code_samples = ["int f() {", "1 +", "f(1,"]
    invalid_code_samples = [")", "int a = 1; }"]
    code_generate_error = 'throw new IllegalStateException("fault");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": 'Table.create("t")', "mime": "text/html"},
    ]
    code_display_data = [{"code": 'show("shown")', "mime": "text/plain"}]
    code_history_pattern = "1 ? 1"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "String"

    # A message that is 0.1 s late says how busy the machine is, and nothing of the kernel.
    def execute_helper(self, *words, **named):
        channel = self.kc.iopub_channel
        get = channel.get_msg
        channel.get_msg = lambda timeout: get(timeout=max(timeout, 10))
        try:
            return super().execute_helper(*words, **named)
        finally:
            del channel.get_msg


class Outcomes(unittest.TextTestResult):
    def __init__(self, *words):
        super().__init__(*words)
        self.of = {}

    def note(self, test, outcome):
        name = test.id().split(".")[-1]
        if self.of.get(name, "passed") in ("passed", "skipped"):
            self.of[name] = outcome

    def startTest(self, test):
        super().startTest(test)
        self.note(test, "passed")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, "skipped")

    def addError(self, test, fault):
        super().addError(test, fault)
        self.note(test, "failed")

    addFailure = addError

    def addSubTest(self, test, part, fault):
        super().addSubTest(test, part, fault)
        if fault:
            self.note(test, "failed")


suite = unittest.defaultTestLoader.loadTestsFromTestCase(Soft4jKernel)
found = unittest.TextTestRunner(resultclass=Outcomes).run(suite).of
for name in sorted(EXPECTED):
    print(f"{name}: {found.get(name)}", file=sys.stderr)
wrong = {name: (found.get(name), e) for name, e in EXPECTED.items() if found.get(name) != e}
if wrong:
    sys.exit(f"found and expected: {wrong}")
