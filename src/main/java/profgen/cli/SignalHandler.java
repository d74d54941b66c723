package profgen.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What to do at a signal. The JDK's class for that is there at run time but hidden from a compiler that is told the Java version. */
final class SignalHandler {
    private SignalHandler() {}

    /** A signal that the caller has ignored stays ignored. A JVM without the class goes on as before: the signal ends it. */
    static void on(String signal, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    SignalHandler.class.getClassLoader(), new Class<?>[] {handlers}, handling(action));
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            /* As it was. */
        }
    }

    private static InvocationHandler handling(Runnable action) {
        return (Object self, Method method, Object[] arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "profgen";
        };
    }
}
