package profgen.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.BadInputException;
import profgen.syscall.Arch;

/**
 * Logs of other programs -> a recording. The same logs make the same recording.
 *
 * @param arch on which they were made; a log does not say it
 * @param kernel as {@code uname -r}
 */
public record Importer(String profgenVersion, Arch arch, String kernel) {
    /** The files of {@code strace -ff}. */
    private static final Pattern OF_PROCESS = Pattern.compile("(.*)\\.(\\d{1,9})");

    private record Part(Path file, int pid) {}

    /** One run for each log of strace; files that end in a process's number are the parts of one. A log that is given twice is one. */
    public Recording strace(List<Path> files) {
        Map<String, List<Part>> logs = new TreeMap<>();
        for (Path file : new LinkedHashSet<>(files)) {
            Matcher part = OF_PROCESS.matcher(file.toString());
            boolean whole = !part.matches();
            logs.computeIfAbsent(whole ? file.toString() : part.group(1), name -> new ArrayList<>())
                    .add(new Part(file, whole ? 0 : Integer.parseInt(part.group(2))));
        }
        return Recordings.merge(logs.values().stream()
                .map(parts -> new Recording(List.of(whole(parts))))
                .toList());
    }

    private Run whole(List<Part> parts) {
        StraceImport log = new StraceImport(arch);
        List<Part> ordered =
                parts.stream().sorted(Comparator.comparingInt(Part::pid)).toList();
        ordered.forEach(
                part -> lines(part.file(), lines -> log.read(lines, part.file().toString(), part.pid())));
        Path first = ordered.get(0).file();
        return log.run(origin("strace"), modified(first), first.toString());
    }

    /** All files are one run: records do not say where one begins. */
    public Recording audit(List<Path> files) {
        AuditImport records = new AuditImport();
        new LinkedHashSet<>(files).forEach(file -> lines(file, lines -> records.read(lines, file.toString())));
        Path first = files.get(0);
        return new Recording(List.of(records.run(origin("audit"), modified(first), first.toString())));
    }

    private ImportedRun.Origin origin(String backend) {
        return new ImportedRun.Origin(profgenVersion, backend, arch, kernel);
    }

    static void lines(Path file, Consumer<Stream<String>> reader) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            reader.accept(lines.lines());
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static long modified(Path file) {
        try {
            return Math.max(0, Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
