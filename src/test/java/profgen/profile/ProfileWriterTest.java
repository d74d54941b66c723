package profgen.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.syscall.KernelVersion;

class ProfileWriterTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 20260101})
    void what_is_written_is_read_back_equal_and_written_again_the_same(long seed) {
        RandomProfiles profiles = new RandomProfiles(seed);
        for (int i = 0; i < 500; i++) {
            Profile profile = profiles.next();
            String text = ProfileWriter.write(profile);
            assertThat(ProfileReader.parse(text, "written")).isEqualTo(profile);
            assertThat(ProfileWriter.write(ProfileReader.parse(text, "written")))
                    .isEqualTo(text);
        }
    }

    @Test
    void the_text_is_moby_s_with_its_order_of_keys_and_tabs() {
        Rule rule = new Rule(
                List.of("clone"),
                Action.ALLOW,
                null,
                List.of(ArgumentTest.masked(0, 2114060288, 0)),
                new Condition(List.of(), List.of("amd64"), new KernelVersion(4, 8)),
                new Condition(List.of("CAP_SYS_ADMIN"), List.of(), null),
                "why");
        Profile profile = new Profile(
                Action.ERRNO,
                1,
                List.of(new Profile.ArchMapEntry("SCMP_ARCH_X86_64", List.of())),
                List.of(),
                null,
                null,
                null,
                List.of(rule));
        assertThat(ProfileWriter.write(profile)).isEqualTo("""
                        {
                        	"defaultAction": "SCMP_ACT_ERRNO",
                        	"defaultErrnoRet": 1,
                        	"archMap": [
                        		{
                        			"architecture": "SCMP_ARCH_X86_64",
                        			"subArchitectures": []
                        		}
                        	],
                        	"syscalls": [
                        		{
                        			"names": [
                        				"clone"
                        			],
                        			"action": "SCMP_ACT_ALLOW",
                        			"args": [
                        				{
                        					"index": 0,
                        					"value": 2114060288,
                        					"valueTwo": 0,
                        					"op": "SCMP_CMP_MASKED_EQ"
                        				}
                        			],
                        			"comment": "why",
                        			"includes": {
                        				"arches": [
                        					"amd64"
                        				],
                        				"minKernel": "4.8"
                        			},
                        			"excludes": {
                        				"caps": [
                        					"CAP_SYS_ADMIN"
                        				]
                        			}
                        		}
                        	]
                        }
                        """);
    }

    @Test
    void names_of_errors_are_read_back() {
        Profile named = ProfileReader.parse(
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":38,\"defaultErrno\":\"ENOSYS\",\"syscalls\":[{\"names\":"
                        + "[\"bpf\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":1,\"errno\":\"EPERM\"}]}",
                "named");
        assertThat(named.defaultErrno()).isEqualTo("ENOSYS");
        assertThat(ProfileReader.parse(ProfileWriter.write(named), "again")).isEqualTo(named);
    }
}
