package profgen.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * What became of {@code record --verify}.
 *
 * @param report null: it did not come so far
 * @param failure why it could not be done; null: it could
 * @param ended by the user
 */
record Verified(@Nullable VerifyReport report, @Nullable RuntimeException failure, boolean ended) {
    /** It was not asked for. */
    static final Verified NOT = new Verified(null, null, false);

    /** What was recorded stands above it. */
    void print(PrintWriter err) {
        if (report != null) {
            err.print(report.text());
        } else if (ended) {
            err.println(Words.labelled("verify", "ended as you asked, without a result"));
        } else if (failure != null) {
            throw failure;
        }
    }

    /** @param workloads status where there is nothing to say */
    int status(int workloads) {
        boolean failed = report != null && !report.result().verification().passed();
        return failure != null
                ? ExitCode.RECORD_FAILED.status()
                : failed && workloads == 0 ? ExitCode.NO.status() : workloads;
    }
}
