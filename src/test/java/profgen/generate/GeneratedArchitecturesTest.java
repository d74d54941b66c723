package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.generate.Generations.BARE;
import static profgen.generate.Generations.KERNEL;
import static profgen.generate.Generations.generate;
import static profgen.generate.Generations.rulesFor;
import static profgen.generate.Generations.verdict;
import static profgen.syscall.Arch.LOONGARCH64;
import static profgen.syscall.Arch.X86_64;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import profgen.capability.CapabilitySet;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.recording.Recording;
import profgen.syscall.Abi;

/** Profiles for architectures and ABIs, recorded or not. */
class GeneratedArchitecturesTest {
    /** 260 until memfd_secret came to loongarch64 with kernel 7.0. */
    @Test
    void docker_allows_261_names_of_the_newest_kernel_on_loongarch64() {
        assertThat(generate(Runs.on(LOONGARCH64).call("read"), BARE).counts().dockerAllows())
                .isEqualTo(261);
    }

    @Test
    void a_rule_seen_on_one_architecture_only_gets_an_arch_condition() {
        Recording both = new Recording(List.of(
                Runs.on(X86_64).id(1).call("read", "open", "flock").run(),
                Runs.on(LOONGARCH64).id(2).call("read", "openat", "fsync").run()));
        Generated generated = Generator.generate(both, BARE);
        assertThat(rulesFor(generated, "read").get(0).includes()).isEqualTo(Condition.NONE);
        assertThat(rulesFor(generated, "open").get(0).includes()).isEqualTo(Condition.NONE);
        assertThat(rulesFor(generated, "flock").get(0).includes().arches()).containsExactly("amd64");
        assertThat(rulesFor(generated, "fsync").get(0).includes().arches()).containsExactly("loongarch64", "loong64");
        assertThat(generated.profile().archMap())
                .extracting(Profile.ArchMapEntry::architecture)
                .containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_LOONGARCH64");
    }

    @Test
    void a_foreign_abi_is_opened_only_if_it_was_recorded() {
        Generated generated = generate(Runs.on(X86_64).call("read").foreign(Abi.I386, "sigreturn", "socketcall"), BARE);
        assertThat(generated.profile().archMap())
                .containsExactly(new Profile.ArchMapEntry("SCMP_ARCH_X86_64", List.of("SCMP_ARCH_X86")));
        assertThat(verdict(generated).allows("sigreturn")).isTrue();
        assertThat(generated.remarks()).anyMatch(remark -> remark.startsWith("i386 calls were recorded"));
    }

    @Test
    void numbers_without_a_name_are_left_out_by_name_of_their_abi() {
        Generated generated =
                generate(Runs.on(X86_64).call("read").number("x86_64", 4711).number("unknown:0x1", 5), BARE);
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::what)
                .containsExactly("number 4711 of x86_64", "number 5 of unknown:0x1");
    }

    @Test
    void an_architecture_that_was_not_recorded_gets_the_names_that_replace_what_it_lacks() {
        Policy loong = Policies.bare().arches(LOONGARCH64).policy();
        Generated generated =
                generate(Runs.on(X86_64).call("open", "stat", "arch_prctl", "fork", "iopl", "read"), loong);
        Verdict verdict = Verdict.of(generated.profile(), LOONGARCH64, CapabilitySet.DOCKER_DEFAULT, KERNEL);
        assertThat(Stream.of("openat", "fstat", "newfstatat", "statx", "read")).allMatch(name -> verdict.allows(name));
        assertThat(verdict.allows("clone", 0x11)).isTrue();
        assertThat(verdict.allows("clone", 0x10000000)).isFalse();
        assertThat(rulesFor(generated, "open")).isEmpty();
        assertThat(rulesFor(generated, "read").get(0).comment())
                .startsWith("taken over from what was seen on x86_64, no evidence on loongarch64");
        assertThat(rulesFor(generated, "openat").get(0).comment())
                .startsWith(
                        "for another call seen on x86_64, no evidence on loongarch64: the port has only the call that");
        assertThat(generated.leftOut()).extracting(Generated.LeftOut::what).containsExactly("iopl");
        assertThat(generated.remarks()).anyMatch(remark -> remark.startsWith("nothing was recorded on loongarch64"));
    }
}
