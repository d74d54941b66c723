package profgen.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are what getpcaps 2.66 printed of processes with these masks. */
class ProcessCapabilitiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 0 | =",
                "0 | 1ffffffffff | 1ffffffffff | =ep",
                "0 | 1fffeffffff | 1fffeffffff | =ep cap_sys_resource-ep",
                "2020 | 1fffefffffe | 1fffefffffe" + " | =ep cap_kill,cap_net_raw+i cap_chown,cap_sys_resource-ep",
                "2020 | 0 | 0 | cap_kill,cap_net_raw=i",
                "20 | 20 | 20 | cap_kill=eip",
                "8000000 | 1fffeffffff | 1fffeffffff | =ep cap_mknod+i cap_sys_resource-ep",
            })
    void the_sets_are_spelt_as_getpcaps_spells_them(
            String inheritable, String permitted, String effective, String expected) {
        ProcessCapabilities sets =
                new ProcessCapabilities(41, mask(inheritable), mask(permitted), mask(effective), 0, 0);
        assertThat(sets.asGetpcaps()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,''", "21,'cap_chown,cap_kill'", "10000000020,'cap_kill,cap_checkpoint_restore'", "20000000000,41"})
    void a_set_is_listed_as_capsh_lists_it(String mask, String expected) {
        assertThat(ProcessCapabilities.names(mask(mask))).isEqualTo(expected);
    }

    private static long mask(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }
}
