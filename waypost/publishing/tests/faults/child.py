"""Workers in processes of their own, made quickly: this one loads everything once and forks.

Speaks over its pipes: a line with a count asks for a worker that dies by SIGKILL before
its so many-th statement (0: never); a line with its process id comes back, and one more
when it ended.
"""

import os
import signal
import sys

import django


def main() -> None:
    django.setup()
    for line in sys.stdin:
        at = int(line)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.read(reader, 1)
            _work(at)
            os._exit(0)
        print(pid, flush=True)  # noqa: T201 - the answer
        os.write(writer, b".")
        os.waitpid(pid, 0)
        os.close(reader)
        os.close(writer)
        print("ended", flush=True)  # noqa: T201 - the answer


def _work(at: int) -> None:
    from waypost.flow.engine import huey  # noqa: PLC0415 - after setup
    from waypost.publishing import work  # noqa: PLC0415 - after setup
    from waypost.publishing.tests.faults.boundaries import Walk, watched  # noqa: PLC0415

    def die(_boundary: object, _act: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with watched(Walk(at, die, kinds=("write", "commit"))):
        work.sweep.call_local()
        while (task := huey.dequeue()) is not None:
            if huey.ready_to_run(task):
                task.execute()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.testsettings"
    main()
