package profgen.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import profgen.host.Finding.Group;

/** Container engines and the tools that tests and other back ends use: there or not, which version, and does it answer. */
final class Tools {
    private static final int SECONDS = 10;
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.+~-]*");

    private Tools() {}

    static List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        boolean isRoot = System.getProperty("user.name", "").equals("root");
        findings.add(tool(
                Group.ENGINE,
                "docker",
                "docker.io",
                "start dockerd",
                "docker",
                "version",
                "--format",
                "{{.Server.Version}}"));
        findings.add(
                tool(Group.ENGINE, "podman", "podman", "", "podman", "version", "--format", "{{.Client.Version}}"));
        findings.add(forRoot(tool(Group.ENGINE, "runc", "runc", "", "runc", "--version"), isRoot));
        findings.add(forRoot(tool(Group.ENGINE, "crun", "crun", "", "crun", "--version"), isRoot));
        findings.add(libseccomp());
        findings.add(tool(Group.TOOL, "newuidmap", "uidmap", ""));
        findings.add(tool(Group.TOOL, "strace", "strace", "", "strace", "--version"));
        findings.add(tool(Group.TOOL, "perf", "linux-perf", "", "perf", "--version"));
        return findings;
    }

    /** @param question empty: to be there is enough */
    private static Finding tool(Group group, String name, String debianPackage, String remedy, String... question) {
        if (!Command.exists(name)) {
            return new Finding(group, name, false, "not installed", "apt-get install " + debianPackage);
        }
        if (question.length == 0) {
            return new Finding(group, name, true, "", "");
        }
        Command answer = Command.run(SECONDS, List.of(question));
        return answer.succeeded()
                ? new Finding(group, name, true, version(answer.firstLine()), "")
                : new Finding(group, name, false, answer.lastLine(), remedy);
    }

    /** Without an engine above it a runtime makes containers for root alone. */
    static Finding forRoot(Finding runtime, boolean isRoot) {
        return !runtime.works() || isRoot
                ? runtime
                : new Finding(
                        runtime.group(),
                        runtime.name(),
                        false,
                        runtime.detail() + ", but needs root without an engine above it",
                        "run profgen as root, or record with docker, podman or the sandbox");
    }

    private static String version(String line) {
        Matcher version = VERSION.matcher(line);
        return version.find() ? version.group() : line;
    }

    /** By the name of the file that the library's link leads to: nothing is loaded. */
    private static Finding libseccomp() {
        for (String folder : List.of("/usr/lib", "/usr/local/lib", "/lib", "/usr/lib64")) {
            try (DirectoryStream<Path> places = Files.newDirectoryStream(Path.of(folder))) {
                for (Path place : places) {
                    Path library = place.resolve("libseccomp.so.2");
                    if (Files.exists(library)) {
                        String file = library.toRealPath().getFileName().toString();
                        return new Finding(Group.TOOL, "libseccomp", true, file.replaceFirst(".*\\.so\\.", ""), "");
                    }
                }
            } catch (IOException e) {
                /* This folder is not there: the next one may be. */
            }
        }
        return new Finding(Group.TOOL, "libseccomp", false, "not installed", "apt-get install libseccomp2");
    }
}
