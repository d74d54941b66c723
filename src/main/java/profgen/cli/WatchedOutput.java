package profgen.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Remembers why writing failed, which a PrintWriter swallows: a result that did not arrive is no success. */
final class WatchedOutput extends FilterOutputStream {
    private String problem = "";

    WatchedOutput(OutputStream target) {
        super(new BufferedOutputStream(target));
    }

    boolean failed() {
        return !problem.isEmpty();
    }

    String problem() {
        return problem;
    }

    @Override
    public void write(int b) throws IOException {
        try {
            out.write(b);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remember(e);
        }
    }

    private IOException remember(IOException failure) {
        problem = String.valueOf(failure.getMessage());
        return failure;
    }
}
