package profgen.host;

/**
 * One thing that profgen can use, and whether it does its work on this machine.
 *
 * @param group {@code back end}, {@code engine}, {@code machine}, {@code tool}
 * @param detail the version if it works and has one, or why it does not work; may be empty
 * @param remedy what makes it work; empty if nothing is to be done or nothing helps
 */
public record Finding(Group group, String name, boolean works, String detail, String remedy) {
    /** In the order of a report. */
    public enum Group {
        BACK_END("back ends"),
        ENGINE("engines"),
        MACHINE("machine"),
        TOOL("tools");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }
}
