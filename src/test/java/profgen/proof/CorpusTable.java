package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table of what was measured: printed, kept under target/, and written into src/docs/corpus.md if that is asked for. */
final class CorpusTable {
    private static final Path PAGE = Checkout.top().resolve("src/docs/corpus.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end -->\n";

    private CorpusTable() {}

    static void publish(List<CorpusRow> rows, List<CorpusEngine> engines) throws IOException {
        String text = "%s, Debian %s:%n%n%s"
                .formatted(kernel(), AptSource.ofThisMachine().suite(), CorpusRow.table(rows, engines));
        System.out.println(text);
        Files.writeString(Checkout.target().resolve("corpus.md"), text);
        if (Boolean.getBoolean("profgen.update") && CorpusWorkload.isWhole()) {
            String page = Files.readString(PAGE);
            String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
            Files.writeString(PAGE, before + text + page.substring(page.indexOf(END)));
        }
    }

    /** {@code Linux 6.12}. */
    private static String kernel() {
        return "Linux " + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }
}
