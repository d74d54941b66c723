package profgen.verify;

import java.util.Optional;
import profgen.BadInputException;
import profgen.container.Container;
import profgen.recording.Phase;
import profgen.tracer.Course;
import profgen.tracer.EngineReins;

/** Whether a container without a tracer is ready, as far as that can be seen from outside: by its sockets, if by nothing else. */
final class SeenReadiness {
    private static final String LISTEN = "listen";

    private final Container container;
    private final boolean looks;
    private final EngineReins reins;
    private Optional<ProcessHandle> first = Optional.empty();
    private boolean listens;

    SeenReadiness(Container container, Course course, EngineReins reins) {
        this.container = container;
        this.looks = course.exercise().isPresent() && byCall(course);
        this.reins = reins;
    }

    private static boolean byCall(Course course) {
        return course.ready().log().isEmpty() && course.ready().probe().isEmpty();
    }

    /** @throws BadInputException if it would have to be seen by a call */
    static void check(Course course) {
        Optional<String> call = course.ready().call().filter(name -> !name.equals(LISTEN));
        if (call.isPresent() && course.exercise().isPresent() && byCall(course)) {
            throw new BadInputException(
                    "--ready-call " + call.get() + ": an engine's filter shows no calls",
                    "--ready-probe COMMAND or --ready-log REGEX tells when it is ready");
        }
    }

    Optional<Phase> phase() {
        if (looks && !listens && !reins.isServing()) {
            listens = listens();
        }
        return Optional.of(listens || reins.isServing() ? Phase.SERVING : Phase.ENTRY);
    }

    private boolean listens() {
        if (first.isEmpty()) {
            var pid = container.state().pid();
            first = pid.isPresent() ? ProcessHandle.of(pid.getAsInt()) : Optional.empty();
        }
        return first.filter(Listening::below).isPresent();
    }
}
