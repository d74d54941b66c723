package profgen.filter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import profgen.HostException;

/** One {@link LibseccompChild}, as seen from here. */
final class LibseccompProcess implements AutoCloseable {
    /** Of an option more for its Java: the launcher names the classes that it has prepared. */
    private static final String OPTION = "profgen.child";

    private static final long LIMIT_BYTES = 1L << 30;

    /** Nothing of the JVM's own may get among the answers. */
    private static final List<String> JAVA = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final int limitSeconds;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final EngineVersion version;
    private boolean failed;

    private LibseccompProcess(Process process, String path, int limitSeconds) throws IOException {
        this.process = process;
        this.limitSeconds = limitSeconds;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        String problem = answers.readUTF();
        if (!problem.isEmpty()) {
            throw new HostException(
                    path + ": cannot be loaded: " + problem,
                    "install the package libseccomp2 (Debian, Ubuntu) or libseccomp (Fedora, Arch, Alpine)");
        }
        this.version = new EngineVersion(answers.readInt(), answers.readInt(), answers.readInt());
    }

    static LibseccompProcess start(String path, int limitSeconds) throws IOException {
        List<String> command = new ArrayList<>(JAVA);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Optional.ofNullable(System.getProperty(OPTION)).ifPresent(command::add);
        command.addAll(List.of(
                "-cp",
                classPath(),
                LibseccompChild.class.getName(),
                path,
                String.valueOf(limitSeconds),
                String.valueOf(LIMIT_BYTES)));
        Process process = new ProcessBuilder(command).start();
        try {
            return new LibseccompProcess(process, path, limitSeconds);
        } catch (IOException e) {
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            process.destroyForcibly();
            throw new IOException(
                    "the process that runs it failed: "
                            + said.lines().findFirst().orElse("silently"),
                    e);
        } catch (HostException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** One jar, as a rule; prepared classes are of use only to the same class path. */
    private static String classPath() {
        return Stream.of(LibseccompProcess.class, com.sun.jna.Native.class)
                .map(LibseccompProcess::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    EngineVersion version() {
        return version;
    }

    /** After {@link Compiled.GaveUp} the process is over. Its own alarm ends it, so that a reader never waits for ever. */
    Compiled compile(CompileRequest request) {
        try {
            request.write(requests);
            return Compiled.read(answers);
        } catch (IOException e) {
            failed = true;
            return new Compiled.GaveUp("libseccomp: " + end());
        }
    }

    /** Whether it can be asked again. */
    boolean isUsable() {
        return !failed;
    }

    private String end() {
        try {
            process.waitFor(limitSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean alarm = !process.isAlive() && process.exitValue() == 128 + 14;
        return alarm ? "no answer within " + limitSeconds + " s" : "it failed for want of memory";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
