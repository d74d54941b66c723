package profgen.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import profgen.BadInputException;
import profgen.HostException;
import profgen.filter.FilterStack;
import profgen.filter.Outcome;
import profgen.syscall.Abi;

class InspectionTest {
    @Test
    void the_tracers_programs_are_read_in_its_order() {
        String denies = "0600000026000500";
        String allows = "060000000000ff7f";
        FilterStack stack = Inspection.stack(
                7, new Command(0, "{\"tid\":7,\"mode\":2,\"filters\":[\"" + denies + "\",\"" + allows + "\"]}"));
        assertThat(stack.programs()).hasSize(2);
        assertThat(stack.programs().get(0).outcome(Abi.X86_64, 0)).isEqualTo(Outcome.errno(38));
        assertThat(stack.programs().get(1).outcome(Abi.X86_64, 0)).isEqualTo(Outcome.ALLOW);
    }

    @Test
    void what_cannot_be_looked_at_is_the_callers_mistake() {
        Command answer = new Command(3, "{\"problem\":\"is a thread of the kernel\",\"remedy\":\"\"}");
        assertThatThrownBy(() -> Inspection.stack(2, answer))
                .isInstanceOf(BadInputException.class)
                .hasMessage("2: is a thread of the kernel");
    }

    @Test
    void what_may_not_be_looked_at_is_a_lack_of_this_machine_with_its_remedy() {
        Command answer = new Command(4, "{\"problem\":\"needs CAP_SYS_ADMIN\",\"remedy\":\"be root\"}");
        assertThatThrownBy(() -> Inspection.stack(2, answer))
                .isInstanceOfSatisfying(
                        HostException.class,
                        failure -> assertThat(failure.hint()).isEqualTo("be root"))
                .hasMessage("2: needs CAP_SYS_ADMIN");
    }

    @Test
    void a_tracer_that_does_not_answer_is_named() {
        Command answer = new Command(-1, "does not answer within 20 s");
        assertThatThrownBy(() -> Inspection.stack(2, answer))
                .isInstanceOf(HostException.class)
                .hasMessage("2: profgen-tracer: does not answer within 20 s");
    }
}
