# For programs that soft4j starts: they end with it, however it ends.
import os
import signal
import sys
import threading
import time

caller = os.getppid()


def end_with_caller(seconds):
    """Behaves as after SIGTERM where our caller was killed, and ends at once some seconds later."""

    def watch():
        while os.getppid() == caller:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
    # A terminal that was closed; nohup keeps its meaning.
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
