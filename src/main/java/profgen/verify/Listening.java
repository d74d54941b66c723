package profgen.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import profgen.HostException;

/** Whether a process, or one below it, holds a socket that listens: what can be seen of a service without a tracer. */
final class Listening {
    private static final String TCP_LISTEN = "0A";
    /** __SO_ACCEPTCON in the flags of a unix socket. */
    private static final String UNIX_LISTENS = "00010000";

    private Listening() {}

    static boolean below(ProcessHandle root) {
        Set<String> sockets = sockets(Path.of("/proc", String.valueOf(root.pid()), "net"));
        return !sockets.isEmpty()
                && Stream.concat(Stream.of(root), root.descendants()).anyMatch(process -> holdsOneOf(sockets, process));
    }

    /** As descriptors name them. */
    private static Set<String> sockets(Path net) {
        Set<String> sockets = new HashSet<>();
        add(sockets, net.resolve("tcp"), 3, TCP_LISTEN, 9);
        add(sockets, net.resolve("tcp6"), 3, TCP_LISTEN, 9);
        add(sockets, net.resolve("unix"), 3, UNIX_LISTENS, 6);
        return sockets;
    }

    /** @param inode in which column it stands */
    private static void add(Set<String> sockets, Path table, int column, String listens, int inode) {
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
                String[] words = line.strip().split(" +", -1);
                if (words.length > inode && words[column].equals(listens)) {
                    sockets.add("socket:[" + words[inode] + "]");
                }
            }
        } catch (IOException e) {
            /* The process has ended, or this kernel has no such sockets. */
        }
    }

    private static boolean holdsOneOf(Set<String> sockets, ProcessHandle process) {
        Path descriptors = Path.of("/proc", String.valueOf(process.pid()), "fd");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path one : all) {
                if (sockets.contains(Files.readSymbolicLink(one).toString())) {
                    return true;
                }
            }
            return false;
        } catch (AccessDeniedException e) {
            throw new HostException(
                    "process " + process.pid() + ": what it listens on cannot be seen by this user",
                    "--ready-probe COMMAND or --ready-log REGEX tells when it is ready");
        } catch (IOException e) {
            return false; /* it has ended meanwhile, or closed this descriptor */
        }
    }
}
