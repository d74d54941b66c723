package profgen.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whose a file is. In a folder that everybody can write to a name says nothing about that. */
public final class Owner {
    private Owner() {}

    /** This process's user made it, or it was given to him. A link counts for itself. */
    public static boolean isMe(Path path) throws IOException {
        Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return me.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
}
