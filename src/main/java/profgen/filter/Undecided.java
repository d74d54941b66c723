package profgen.filter;

/** The work for an exact answer exceeded its budget: a rule set made to be hard, or a program that only a run can tell about. */
public final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undecided(String message) {
        super(message);
    }
}
