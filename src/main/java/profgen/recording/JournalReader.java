package profgen.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.recording.Journal.Origin;

/** Makes a run of a journal, of a whole one or of what a killed recorder left; what is missing stands in the run's ledger. */
public final class JournalReader {
    private final String source;
    private final Origin origin;
    private final LineSplitter lines = new LineSplitter(this::line);
    private @Nullable JournalRun run;
    private int lineNumber;
    private int damaged;
    private String firstDamage = "";

    private JournalReader(String source, Origin origin) {
        this.source = source;
        this.origin = origin;
    }

    /** The whole file, as it is now; bad input if it does not begin as a journal does. */
    public static Journal read(Path file, Origin origin) {
        JournalReader reader = new JournalReader(file.toString(), origin);
        reader.open(file);
        reader.readLog(logOfStrace(file));
        return reader.finish();
    }

    /**
     * The same of a file in a folder that the workload can write to: no link and no pipe that it put in its place, and no other file beside it
     * either.
     */
    public static Journal readFromWorkload(Path file, Origin origin) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadInputException(file + ": is no journal: the workload put something else in its place");
        }
        JournalReader reader = new JournalReader(file.toString(), origin);
        reader.open(file, LinkOption.NOFOLLOW_LINKS);
        return reader.finish();
    }

    private void open(Path file, OpenOption... how) {
        try (InputStream in = Files.newInputStream(file, how)) {
            read(in);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** @param source what messages call it */
    static Journal read(InputStream in, String source, Origin origin) throws IOException {
        JournalReader reader = new JournalReader(source, origin);
        reader.read(in);
        return reader.finish();
    }

    /** Where strace writes the calls, if it is what sees them. */
    public static Path logOfStrace(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".strace");
    }

    private void read(InputStream in) throws IOException {
        byte[] chunk = new byte[1 << 16];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            lines.accept(chunk, length);
        }
    }

    private void readLog(Path log) {
        JournalRun of = run;
        if (of == null || !of.isByStrace()) {
            return;
        }
        if (!Files.exists(log)) {
            of.remark(Ledger.LOST_EVENTS, log + ": strace has left no log: no call is known");
            return;
        }
        of.firstExecutable().ifPresent(main -> {
            StraceImport calls = StraceImport.attached(of.arch(), main.getKey(), main.getValue());
            Importer.lines(log, lines -> calls.read(lines, log.toString(), 0));
            of.accept(calls.seen());
        });
    }

    private void line(byte[] bytes) {
        lineNumber++;
        String place = source + ": line " + lineNumber;
        if (run == null) {
            run = begin(bytes, place);
            return;
        }
        try {
            run.accept(JournalLine.parse(bytes, place));
        } catch (BadInputException e) {
            if (damaged++ == 0) {
                firstDamage = String.valueOf(e.getMessage()).substring(source.length() + 2);
            }
        }
    }

    private JournalRun begin(byte[] bytes, String place) {
        JournalLine first;
        try {
            first = JournalLine.parse(bytes, place);
        } catch (BadInputException e) {
            throw JournalStart.notAJournal(source);
        }
        if (!first.type().equals("start")) {
            throw JournalStart.notAJournal(source);
        }
        return new JournalRun(JournalStart.read(first, origin));
    }

    private Journal finish() {
        if (run == null) {
            throw lines.isTorn()
                    ? JournalStart.notAJournal(source)
                    : new BadInputException(source + ": is empty: the recorder ended before it began");
        }
        JournalRun finished = run;
        origin.remarks().forEach(entry -> finished.remark(entry.kind(), entry.detail()));
        if (damaged > 0) {
            finished.remark(
                    Ledger.JOURNAL_DAMAGED,
                    damaged + (damaged == 1 ? " line" : " lines") + " could not be understood: " + firstDamage);
        }
        if (lines.isTorn()) {
            finished.remark(Ledger.JOURNAL_TORN, "the last line of the journal was cut off");
        }
        return finished.finish();
    }
}
