package profgen.image;

/** What an entry or a stream of an archive holds is not to be had; who knows the archive and the entry's name makes a message of it. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String problem) {
        super(problem);
    }
}
