package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one workload runs, all its starts at the same port of this machine's loopback interface; beside it, for a service, a container of the same image
 * from which the load comes.
 *
 * @param client that container; empty if there is none
 */
record CorpusService(CorpusWorkload workload, String image, Docker docker, int port, String client) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    static CorpusService of(CorpusWorkload workload, String image, Docker docker) {
        return new CorpusService(
                workload, image, docker, freePort(), workload.isService() ? client(image, docker) : "");
    }

    private static String client(String image, Docker docker) {
        String mount = CorpusWorkload.ALL + ":/workloads:ro";
        return docker.start(
                image, List.of("--init", "--user=0", "--network=host", "-v", mount), List.of("sleep", "900"));
    }

    /** Another program may take it before the workload does; then the test fails, which is not likely. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For docker run and profgen alike. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--network=host", "--env=PORT=" + port));
        options.addAll(workload.options());
        return options;
    }

    /** For a shell of this machine: ends with 0 if all answers were right. */
    String load() {
        return "timeout -s KILL 60 docker exec -e PORT=" + port + " " + client + " sh /workloads/" + workload.name()
                + "/load";
    }

    /** Without profgen, to its own end or that of the load. */
    void runPlainly(Path log) {
        if (!workload.isService()) {
            docker.run(image, options(), List.of()).hasStatus(0);
            return;
        }
        String id = docker.start(image, options(), List.of());
        BoundedCommand.of("sh", "-c", load() + " >" + log + " 2>&1")
                .within(LIMIT)
                .run()
                .hasStatus(0);
        Docker.docker("stop", "-t", "20", id).hasStatus(0);
        Docker.docker("rm", id).hasStatus(0);
    }

    /** No more load. */
    void end() {
        if (!client.isEmpty()) {
            Docker.docker("rm", "-f", client).hasStatus(0);
        }
    }
}
