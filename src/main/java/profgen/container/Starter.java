package profgen.container;

import java.util.List;

/** Makes of a command line the one that starts it as profgen's own caller would have started it. */
@FunctionalInterface
public interface Starter {
    /** As a JVM starts its children: good enough for words that it can spell. */
    Starter PLAIN = words -> words;

    List<String> commandLine(List<String> words);
}
