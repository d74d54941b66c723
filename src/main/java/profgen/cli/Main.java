package profgen.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry of the program, and the only place that ends the JVM. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        WatchedOutput stdout = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(stdout, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = Profgen.run(RawArguments.of(args), out, err);
        if (stdout.failed() && status == ExitCode.DONE.status()) {
            err.println("profgen: standard output: cannot be written: " + stdout.problem());
            status = ExitCode.HOST.status();
        }
        System.exit(status);
    }
}
