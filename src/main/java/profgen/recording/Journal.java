package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal tells.
 *
 * @param run as far as it went; without calls if the workload never started
 * @param failure why the workload or the recorder failed, or null
 * @param denials what the filter refused which the workload was made to run under, in the order of their first sights; such calls are in the
 *     run too, with the errors that they returned
 */
public record Journal(Run run, @Nullable Failure failure, List<Denial> denials) {
    public Journal {
        denials = List.copyOf(denials);
    }

    /** With what was refused to others in the same place. */
    public Journal with(List<Denial> others) {
        List<Denial> all = new ArrayList<>(denials);
        all.addAll(others);
        return new Journal(run, failure, all);
    }

    /**
     * What the journal itself does not say.
     *
     * @param options what was asked of the engine, as {@code key=value}
     * @param remarks to be added to the ledger
     */
    public record Origin(String profgenVersion, List<String> options, List<Run.LedgerEntry> remarks) {
        public Origin {
            options = List.copyOf(options);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * A failure that the recorder wrote down.
     *
     * @param stage {@code exec}: the command could not be executed; {@code sandbox}, {@code seize}, {@code journal}: the recorder's own
     * @param errno 0 if there is none
     */
    public record Failure(String stage, int errno, String message) {
        private static final int ENOENT = 2;
        private static final int ENOEXEC = 8;

        /** The command could not be executed: the user's mistake, as a shell's 126 and 127. */
        public boolean isOfCommand() {
            return stage.equals("exec");
        }

        /** It is a program of another architecture. */
        public boolean isOfOtherMachine() {
            return isOfCommand() && errno == ENOEXEC && message.contains(": is a program for ");
        }

        /** The command does not exist (127); otherwise it is not executable (126). */
        public boolean isNotFound() {
            return isOfCommand() && errno == ENOENT;
        }
    }
}
