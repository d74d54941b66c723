package profgen.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import profgen.HostException;
import profgen.host.Finding.Group;

/** Finds out what works on this machine by doing it, and why something does not. */
public final class Doctor {
    private static final int PROBE_SECONDS = 30;
    private static final Set<String> BACK_ENDS =
            Set.of("ptrace", "ebpf", "seccomp-user-notification", "tracefs-raw-syscalls");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Doctor() {}

    /** @param tracer {@code profgen-tracer}, which probes what needs system calls of its own */
    public static List<Finding> examine(Path tracer) {
        Command probe = Command.run(PROBE_SECONDS, List.of(tracer.toString(), "probe"));
        if (!probe.succeeded()) {
            throw new HostException("profgen-tracer: probe failed: " + probe.lastLine());
        }
        List<Finding> findings = new ArrayList<>(probed(probe.text()));
        findings.addAll(Tools.look());
        findings.sort(Comparator.comparing(Finding::group));
        return findings;
    }

    /** Whether {@code profgen record} can do its work here, with or without a container. */
    public static boolean canRecord(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.name().equals("host"))
                .allMatch(Finding::works);
    }

    static List<Finding> probed(String lines) {
        List<Finding> findings = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            findings.add(probed(parse(line), line));
        }
        findings.add(hostEngine(findings));
        return findings;
    }

    private static Finding probed(JsonNode fact, String line) {
        String name = fact.path("feature").asText();
        if (name.isEmpty()) {
            throw new IllegalStateException("probe: no feature in " + line);
        }
        Group group = name.equals("sandbox") ? Group.ENGINE : BACK_ENDS.contains(name) ? Group.BACK_END : Group.MACHINE;
        return new Finding(
                group,
                name,
                fact.path("works").asBoolean(),
                fact.path("reason").asText(),
                fact.path("remedy").asText());
    }

    /** Recording without a container needs nothing but ptrace, and what tells entry from exit. */
    private static Finding hostEngine(List<Finding> findings) {
        return findings.stream()
                .filter(finding ->
                        finding.name().equals("ptrace") || finding.name().equals("syscall-info"))
                .filter(finding -> !finding.works())
                .findFirst()
                .map(missing -> new Finding(Group.ENGINE, "host", false, missing.detail(), missing.remedy()))
                .orElse(new Finding(Group.ENGINE, "host", true, "", ""));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("probe: " + line, e);
        }
    }
}
