package profgen.cli;

/** A command whose {@code --json} is for failures too. */
interface SaysErrorsInJson {
    boolean json();
}
