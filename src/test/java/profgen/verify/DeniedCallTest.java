package profgen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Denial;

class DeniedCallTest {
    private static DeniedCall denied(String abi, int number, List<List<Long>> arguments) {
        Profile profile = Denials.allowing();
        return DeniedCall.of(
                new Denial(
                        "/x",
                        new CallId(abi, number),
                        0x50001,
                        null,
                        new Call.FirstSight(0, 1, "x"),
                        arguments,
                        new TreeSet<>()),
                Resolver.resolve(profile, Denials.HOST));
    }

    private static List<List<Long>> domains(long... values) {
        List<List<Long>> sets = new ArrayList<>();
        LongStream.of(values).forEach(value -> sets.add(List.of(value, 1L, 0L, 7L, 7L, value)));
        return sets;
    }

    @Test
    void arguments_have_names_and_what_a_rule_could_look_at_is_shown_up_to_three_times() {
        assertThat(denied("x86_64", 41, domains(40, 1)).inWords())
                .isEqualTo("socket(AF_VSOCK, SOCK_STREAM, 0), socket(AF_UNIX, SOCK_STREAM, 0)");
        assertThat(denied("x86_64", 41, domains(1, 2, 10, 16)).inWords()).endsWith(", ...");
        assertThat(denied("x86_64", 0, domains(1, 2)).inWords()).isEqualTo("read(0x1, 0x1, 0)");
    }

    @Test
    void of_clone3_the_pointer_is_shown_and_not_taken_for_flags() {
        assertThat(denied("x86_64", 435, domains(0x7ffc0111, 0x7ffc0222)).inWords())
                .isEqualTo("clone3(0x7ffc0111, 0x1)");
    }

    @Test
    void calls_of_other_abis_and_without_a_name_are_named_as_far_as_they_can_be() {
        assertThat(denied("i386", 20, domains(1)).name()).isEqualTo("i386 getpid");
        assertThat(denied("x86_64", 5000, domains(1)).inWords()).isEqualTo("5000(0x1, 0x1, 0, 0x7, 0x7, 0x1)");
        assertThat(denied("unknown:0x16", 1, domains(1)).why())
                .isEqualTo("the profile does not open the ABI unknown:0x16");
    }

    @Test
    void the_rule_that_decides_and_those_that_do_not_are_named() {
        Profile profile = Denials.allowing("{\"names\":[\"get_mempolicy\"],\"action\":\"SCMP_ACT_ALLOW\","
                + "\"includes\":{\"caps\":[\"CAP_SYS_NICE\"]}}");
        assertThat(Denials.of(profile, "get_mempolicy").why())
                .isEqualTo("the default action; rule 1 needs CAP_SYS_NICE, which the bounding set lacks");
    }
}
