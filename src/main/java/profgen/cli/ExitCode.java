package profgen.cli;

/** The exit statuses of every command; {@code record} passes on its workload's status instead and has {@link #RECORD_FAILED}. */
public enum ExitCode {
    /** Yes, or done. */
    DONE(0),
    /** The answer is no: it differs, is denied, has findings. */
    NO(1),
    USAGE(2),
    BAD_INPUT(3),
    /** This machine cannot do it. */
    HOST(4),
    /** A recording is incomplete, or an answer undecided. */
    INCOMPLETE(5),
    /** A defect of profgen. */
    BUG(70),
    /** profgen itself failed where the status is otherwise the workload's: as docker run and chroot do. */
    RECORD_FAILED(125);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
