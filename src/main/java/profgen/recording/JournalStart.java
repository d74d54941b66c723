package profgen.recording;

import profgen.BadInputException;
import profgen.recording.Journal.Origin;

/** The first line of a journal: which run it is. */
record JournalStart(String id, Run.Provenance provenance) {
    /** The version of the journal's format that is written and read. */
    static final int VERSION = 1;

    /** What the journal says of profgen and of the options goes before what the caller knows. */
    static JournalStart read(JournalLine line, Origin origin) {
        JsonValue value = line.value();
        int version = value.get("journal").integer(1, Integer.MAX_VALUE);
        if (version != VERSION) {
            throw value.problem(
                    "written by a later profgen: journal version " + version + ", this one reads " + VERSION);
        }
        String id = line.text("runId");
        if (!id.matches("[0-9a-f]{32}")) {
            throw value.get("runId").expected("32 lower-case hexadecimal digits");
        }
        Run.Provenance provenance = new Run.Provenance(
                line.count("realtime"),
                value.find("profgen").map(JsonValue::text).orElse(origin.profgenVersion()),
                line.text("backend"),
                line.text("engine"),
                value.find("options").map(list -> list.list(JsonValue::text)).orElse(origin.options()),
                ProvenanceJson.readArch(value.get("arch")),
                line.text("kernel"),
                value.get("command").list(JsonValue::text));
        return new JournalStart(id, provenance);
    }

    static BadInputException notAJournal(String source) {
        return new BadInputException(source + ": is no journal of profgen: its first line does not say so");
    }
}
