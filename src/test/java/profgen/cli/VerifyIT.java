package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.HostException;
import profgen.Requires;
import profgen.filter.Libseccomp;
import profgen.generate.ProfileSeal;
import profgen.proof.Workloads;

/** verify in the built-in container, where the filter is really loaded. */
class VerifyIT {
    /** Loads whatever a shell needs, and refuses three things. */
    private static final String DENY_LIST = """
            {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
              {"names":["chdir","ptrace"],"action":"SCMP_ACT_ERRNO","errnoRet":13},
              {"names":["reboot"],"action":"SCMP_ACT_KILL_PROCESS"}]}
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needs() {
        Requires.that(SandboxHere.works(), "the built-in container");
        Requires.that(hasLibseccomp(), "libseccomp.so.2");
    }

    private static boolean hasLibseccomp() {
        try {
            Libseccomp.installed();
            return true;
        } catch (HostException e) {
            return false;
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Cli verify(Path profile, String... words) {
        List<String> all = new ArrayList<>(List.of("verify", profile.toString()));
        all.addAll(Arrays.asList(words));
        return Cli.run(all.toArray(String[]::new));
    }

    private static Cli ends(int status, Cli run) {
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        return run;
    }

    @Test
    void what_is_refused_is_named_with_its_rule_and_what_passes_is_counted() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        assertThat(ends(0, verify(deny, "--runs", "2", "--", "sh", "-c", "exit 0"))
                        .out())
                .contains("pass       2 of 2 runs worked");
        assertThat(ends(1, verify(deny, "--", "sh", "-c", "cd / || exit 9")).out())
                .contains("fail       run 1 of 5 ended with status 9, expected 0")
                .contains("denied     chdir(")
                .contains(") -> errno 13 (EACCES), by /")
                .contains("syscalls[0]: any arguments")
                .contains("[--fix, or profgen generate --allow chdir]");
        ends(0, verify(deny, "--expect-status", "9", "--runs", "1", "--", "sh", "-c", "cd / || exit 9"));
        ends(1, verify(deny, "--expect-stdout", "^out$", "--runs", "1", "--", "sh", "-c", "echo put"));
    }

    @Test
    void a_failure_without_a_denial_is_not_laid_on_the_profile() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        assertThat(ends(1, verify(deny, "--", "false")).out())
                .contains("it does not work without the profile either: ended with status 1");
        assertThat(ends(1, verify(deny, "--timeout", "1s", "--", "sleep", "1000"))
                        .out())
                .contains("did not end in time, and was killed");
    }

    @Test
    void a_service_works_when_its_probe_does_and_is_stopped_then() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        Path ready = folder.resolve("ready");
        ends(
                0,
                verify(
                        deny,
                        "--runs",
                        "1",
                        "--probe",
                        "test -e " + ready,
                        "--",
                        "sh",
                        "-c",
                        "touch " + ready + "; exec sleep 1000"));
        assertThat(ends(1, verify(deny, "--runs", "1", "--probe", "exit 1", "--", "true"))
                        .out())
                .contains("ended with status 0: what was waited for did not happen: exit 1");
    }

    @Test
    void a_service_works_if_the_load_on_it_does_and_what_is_refused_has_its_phase() throws IOException {
        Path deny = file("deny.json", DENY_LIST.replace("chdir", "accept4").replace("ptrace", "getpriority"));
        String server = Workloads.compiled("server").toString();
        Path port = folder.resolve("port");
        Path ask = file("ask", "exec 3<>/dev/tcp/127.0.0.1/$(cat $1) && read -r word <&3");
        String[] load = {"--runs", "1", "--exercise", "bash " + ask + " " + port, "--", server, "polite", port + ""};
        assertThat(ends(1, verify(deny, load)).out())
                .contains("fail       run 1 of 1 did not work: the load (bash ")
                .containsPattern("denied     accept4\\(.*EACCES\\), by .*, in phase serving: syscalls\\[0\\]");
        assertThat(ends(0, verify(deny, "--runs", "1", "--for", "100ms", "--", server, "polite", port + ""))
                        .out())
                .contains("pass       1 of 1 runs worked")
                .containsPattern("refused    getpriority\\(.*, in phase shutdown: .*works all the same");
    }

    @Test
    void how_a_service_ends_when_it_is_stopped_is_compared_with_its_end_without_the_profile() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        String stop = "trap '%s' TERM; touch " + folder.resolve("on") + "; while :; do sleep 0.05; done";
        String[] until = {"--runs", "1", "--until", "test -e " + folder.resolve("on"), "--", "sh", "-c", ""};
        until[7] = String.format(stop, "cd /tmp && exit 0; exit 3");
        assertThat(ends(1, verify(deny, until)).out())
                .contains("ended with status 3 when it was stopped; without the profile it ended with status 0");
        until[7] = String.format(stop, "exit 4");
        assertThat(ends(0, verify(deny, until)).out())
                .contains("remark     it ended with status 4 when it was stopped, without the profile too");
    }

    @Test
    void a_service_goes_the_whole_circle_in_one_command() throws IOException {
        String server = Workloads.compiled("server").toString();
        Path profile = folder.resolve("p.json");
        Path recording = folder.resolve("r.json");
        Cli circle = Cli.run(
                "record",
                "--verify",
                "-o",
                profile.toString(),
                "--recording",
                recording.toString(),
                "--exercise",
                "true",
                "--",
                server,
                "polite",
                folder.resolve("port").toString());
        assertThat(ends(0, circle).err()).contains("pass       5 of 5 runs worked");
    }

    @Test
    void calls_that_must_be_denied_are_made_and_dangerous_ones_only_where_the_profile_denies_them() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        Cli denied =
                verify(deny, "--must-deny", "ptrace PTRACE_TRACEME", "--must-deny", "chdir", "--must-deny", "reboot");
        assertThat(ends(0, denied).out())
                .contains("ptrace PTRACE_TRACEME: denied: answered EACCES, syscalls[0]")
                .contains(
                        "chdir: denied: answered EACCES, syscalls[0]: any arguments; without the profile it answered EFAULT")
                .contains(
                        "reboot: denied: ended with status 159 (signal 31, SIGSYS: killed by the filter), syscalls[1]");
        assertThat(ends(1, verify(deny, "--must-deny", "mkdir", "--must-deny", "kexec_load"))
                        .out())
                .contains(
                        "mkdir: NOT DENIED: the profile allows it, the default action; in the built-in container it answered EFAULT")
                .contains("kexec_load: NOT DENIED: the profile allows it, the default action; not tried");
    }

    @Test
    void fix_adds_what_was_refused_and_leaves_a_profile_that_is_not_profgens_alone() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        Path mended = folder.resolve("mended.json");
        String[] workload = {"--", "sh", "-c", "cd / || exit 9"};
        assertThat(ends(125, verify(deny, concat(List.of("--fix"), workload))).err())
                .contains("is not as profgen wrote it");
        assertThat(ends(0, verify(deny, concat(List.of("--runs", "2", "--fix", "-o", mended.toString()), workload)))
                        .out())
                .contains("mended     added chdir")
                .contains("pass       2 of 2 runs worked")
                .contains("written    " + mended);
        ends(0, verify(mended, concat(List.of("--runs", "1"), workload)));
        assertThat(Files.readString(deny)).isEqualTo(DENY_LIST);
    }

    @Test
    void what_allows_a_call_that_must_be_denied_is_not_written() throws IOException {
        Path deny = file("deny.json", DENY_LIST);
        Path mended = folder.resolve("mended.json");
        String[] workload = {"--must-deny", "chdir", "--", "sh", "-c", "cd / || exit 9"};
        assertThat(ends(1, verify(deny, concat(List.of("--runs", "1", "--fix", "-o", mended.toString()), workload)))
                        .out())
                .contains("chdir: NOT DENIED");
        assertThat(mended).doesNotExist();
    }

    @Test
    void a_profile_of_profgen_is_mended_in_its_place_and_stays_sealed() throws IOException {
        Path profile = folder.resolve("p.json");
        String recording = folder.resolve("r.json").toString();
        ends(0, Cli.run("record", "-o", profile.toString(), "--recording", recording, "--", "sh", "-c", "exit 0"));
        String[] workload = {"--", "sh", "-c", "umask 7; mkdir -p " + folder.resolve("made") + " && exit 3"};
        ends(0, verify(profile, concat(List.of("--runs", "2", "--expect-status", "3", "--fix"), workload)));
        String text = Files.readString(profile);
        assertThat(text).contains("\"mkdir\"", "\"umask\"", "added by profgen verify: was refused to sh");
        assertThat(ProfileSeal.isIntact(text)).isTrue();
        JsonNode json = new ObjectMapper()
                .readTree(ends(
                                0,
                                verify(
                                        profile,
                                        "--json",
                                        "--runs",
                                        "2",
                                        "--recording",
                                        recording,
                                        "--",
                                        "sh",
                                        "-c",
                                        "exit 0"))
                        .out());
        assertThat(json.path("passed").asBoolean()).isTrue();
        assertThat(json.path("runs")).hasSize(2);
    }

    private static String[] concat(List<String> options, String[] workload) {
        List<String> all = new ArrayList<>(options);
        all.addAll(Arrays.asList(workload));
        return all.toArray(String[]::new);
    }
}
