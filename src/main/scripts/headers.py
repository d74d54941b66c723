"""What the scripts that read the kernel's headers share: a folder that `kernel-headers` filled."""

import pathlib
import subprocess
import sys

PACKAGE = "linux-libc-dev"
RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "resources/profgen"


class Headers:
    """The headers in DIR/root, of the package version in DIR/version."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        if not (self.folder / "version").is_file():
            sys.exit(f"{sys.argv[0]}: {folder}: no headers here; `kernel-headers {folder}` downloads them")
        self.version = (self.folder / "version").read_text().strip()
        self.title = f"# kernel {self.version.split('-')[0]} {PACKAGE} {self.version}"
        self.include = self.folder / "root/usr/include"

    def paths(self, triplet):
        if not (self.include / triplet).is_dir():
            sys.exit(f"{sys.argv[0]}: {self.folder}: no headers of {triplet} (take Debian trixie's or newer)")
        return ["-isystem", str(self.include / triplet), "-isystem", str(self.include)]

    def preprocess(self, source, triplet, options):
        """The output of the C preprocessor without the host's own macros and headers."""
        command = ["gcc", "-E", "-undef", "-nostdinc", *options, *self.paths(triplet), "-"]
        return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    print(f"{path.name}: {sum(not line.startswith('#') for line in lines)} lines", file=sys.stderr)
