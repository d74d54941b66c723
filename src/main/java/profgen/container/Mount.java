package profgen.container;

/**
 * A file or folder of the host in a container.
 *
 * @param source absolute
 */
public record Mount(String source, String target, boolean readOnly) {
    /** As the option --mount of docker and podman takes it. */
    String inWords() {
        return "type=bind," + field("source", source) + "," + field("target", target) + (readOnly ? ",readonly" : "");
    }

    /** The option is a line of a CSV file. */
    private static String field(String name, String value) {
        String text = name + "=" + value;
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
