package profgen.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What to do at a signal. The JDK's class for that is there at run time but hidden from a compiler that is told the Java version. */
final class SignalHandler {
    private SignalHandler() {}

    /**
     * A signal that the caller has ignored stays ignored. A JVM without the class goes on as before: the signal ends it.
     *
     * @return puts things back
     */
    static Runnable on(String signal, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    SignalHandler.class.getClassLoader(), new Class<?>[] {handlers}, handling(action));
            Method handle = signals.getMethod("handle", signals, handlers);
            Object number = signals.getConstructor(String.class).newInstance(signal);
            Object before = handle.invoke(null, number, handler);
            return () -> restore(handle, number, before);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return () -> {}; /* as it was */
        }
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
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
