package profgen.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void numbers_have_the_names_of_the_generic_headers() {
        assertThat(Errno.name(1)).isEqualTo("EPERM");
        assertThat(Errno.name(11)).isEqualTo("EAGAIN");
        assertThat(Errno.name(38)).isEqualTo("ENOSYS");
        assertThat(Errno.name(512)).isEqualTo("ERESTARTSYS");
        assertThat(Errno.number("ENOSYS")).hasValue(38);
    }

    @Test
    void a_number_without_a_name_is_written_and_read_as_a_number() {
        assertThat(Errno.name(4711)).isEqualTo("errno 4711");
        for (int number = 1; number <= 600; number++) {
            assertThat(Errno.number(Errno.name(number))).hasValue(number);
        }
    }

    @Test
    void what_is_no_error_is_empty() {
        assertThat(Errno.number("EPREM")).isEmpty();
        assertThat(Errno.number("errno x")).isEmpty();
        assertThat(Errno.number("")).isEmpty();
    }
}
