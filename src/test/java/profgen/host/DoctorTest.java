package profgen.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.host.Finding.Group;

class DoctorTest {
    @Test
    void a_probed_feature_keeps_its_reason_and_remedy() {
        assertThat(Doctor.probed("{\"feature\":\"sandbox\",\"works\":false,\"reason\":\"r\",\"remedy\":\"m\"}\n"))
                .contains(new Finding(Group.ENGINE, "sandbox", false, "r", "m"));
    }

    @Test
    void the_host_engine_works_where_ptrace_does() {
        String syscallInfo = "{\"feature\":\"syscall-info\",\"works\":true,\"reason\":\"\",\"remedy\":\"\"}\n";
        List<Finding> works = Doctor.probed(
                "{\"feature\":\"ptrace\",\"works\":true,\"reason\":\"\",\"remedy\":\"\"}\n" + syscallInfo);
        List<Finding> fails = Doctor.probed(
                "{\"feature\":\"ptrace\",\"works\":false,\"reason\":\"Yama\",\"remedy\":\"m\"}\n" + syscallInfo);
        assertThat(works).contains(new Finding(Group.ENGINE, "host", true, "", ""));
        assertThat(Doctor.canRecord(works)).isTrue();
        assertThat(fails).contains(new Finding(Group.ENGINE, "host", false, "Yama", "m"));
        assertThat(Doctor.canRecord(fails)).isFalse();
    }

    @Test
    void a_runtime_on_its_own_is_for_root_and_its_version_is_told_to_others_too() {
        Finding runc = new Finding(Group.ENGINE, "runc", true, "1.1.5", "");
        Finding none = new Finding(Group.ENGINE, "crun", false, "not installed", "apt-get install crun");
        assertThat(Tools.forRoot(runc, true)).isEqualTo(runc);
        assertThat(Tools.forRoot(none, false)).isEqualTo(none);
        assertThat(Tools.forRoot(runc, false))
                .isEqualTo(new Finding(
                        Group.ENGINE,
                        "runc",
                        false,
                        "1.1.5, but needs root without an engine above it",
                        "run profgen as root, or record with docker, podman or the sandbox"));
    }

    @Test
    void a_command_that_does_not_answer_is_ended() {
        Command silent = Command.run(1, List.of("sh", "-c", "sleep 100"));
        assertThat(silent).isEqualTo(new Command(-1, "does not answer within 1 s"));
    }

    @Test
    void a_command_answers_with_both_streams_and_its_status() {
        assertThat(Command.run(20, List.of("sh", "-c", "echo one; echo two >&2; exit 3")))
                .isEqualTo(new Command(3, "one\ntwo"));
    }

    @Test
    void a_command_that_is_not_there_is_no_success() {
        assertThat(Command.run(1, List.of("/no/such/command")).succeeded()).isFalse();
        assertThat(Command.exists("no-such-command")).isFalse();
    }
}
