package dev.indelible.ledger.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One baton for all threads of a simulation: only its holder runs, and where it passes the baton
/// on the seed decides who is next. So a run is a function of its seed, although the code under
/// test runs on threads as it always does.
final class Baton {
  private static final int MOST_MILLIS_A_STEP = 6;

  private final SplittableRandom random;
  private final World world;
  private final List<Task> tasks = new ArrayList<>();
  private final Task director = new Task("director");
  private volatile Task holder = director;
  private long now;
  private boolean stopping;

  /// What happens without any task doing it.
  interface World {
    /// Something may happen.
    void happens();

    /// Everybody waits, and nobody for a time: something has to happen.
    void unblock();
  }

  /// A killed task unwinds with this; nothing it does meanwhile has an effect.
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
      super("killed", null, false, false);
    }
  }

  /// A thread of the simulation.
  static final class Task {
    private final String name;
    private Thread thread = Thread.currentThread();
    private BooleanSupplier condition = () -> true;
    private long wakeAt;
    private boolean killed;
    private boolean ended;

    private Task(String name) {
      this.name = name;
    }

    /// Ends it the next time that it has the baton.
    void kill() {
      killed = true;
    }

    private boolean isReady(long now) {
      return !ended && (killed || (now >= wakeAt && condition.getAsBoolean()));
    }
  }

  Baton(SplittableRandom random, World world) {
    this.random = random;
    this.world = world;
    tasks.add(director);
  }

  /// Adds a task; it first runs when it is given the baton.
  Task start(String name, Runnable body) {
    Task task = new Task(name);
    task.killed = stopping;
    tasks.add(task);
    task.thread = Thread.ofVirtual().name(name).start(() -> run(task, body));
    return task;
  }

  private void run(Task task, Runnable body) {
    await(task);
    try {
      if (!task.killed) {
        body.run();
      }
    } catch (Death e) {
      // As it was meant.
    } finally {
      task.ended = true;
      tasks.remove(task);
      give(choose());
    }
  }

  /// A scheduling point: others may run before this returns.
  ///
  /// @throws Death when the task has been killed
  void pause() {
    Task me = holder;
    requireAlive(me);
    Task next = choose();
    if (next != me) {
      give(next);
      await(me);
    }
    requireAlive(me);
  }

  /// A scheduling point that lasts until something is so.
  void await(BooleanSupplier condition) {
    Task me = holder;
    me.condition = condition;
    try {
      pause();
    } finally {
      me.condition = () -> true;
    }
  }

  /// A scheduling point that lasts some time.
  void sleep(Duration time) {
    holder.wakeAt = now + time.toMillis();
    pause();
  }

  /// Kills all tasks and waits for their ends. For the one who made the baton.
  void stop() {
    stopping = true;
    tasks.stream().filter(task -> task != director).forEach(Task::kill);
    await(() -> tasks.size() == 1);
  }

  /// Simulated milliseconds since the beginning.
  long now() {
    return now;
  }

  /// Who runs.
  String holderName() {
    return holder.name;
  }

  private static void requireAlive(Task me) {
    if (me.killed) {
      throw new Death();
    }
  }

  private Task choose() {
    while (true) {
      world.happens();
      now += random.nextInt(MOST_MILLIS_A_STEP);
      List<Task> ready = tasks.stream().filter(task -> task.isReady(now)).toList();
      if (!ready.isEmpty()) {
        return ready.get(random.nextInt(ready.size()));
      }
      long earliest =
          tasks.stream().mapToLong(task -> task.wakeAt).filter(at -> at > now).min().orElse(now);
      if (earliest > now) {
        now = earliest;
      } else {
        world.unblock();
      }
    }
  }

  private void give(Task next) {
    holder = next;
    LockSupport.unpark(next.thread);
  }

  private void await(Task me) {
    while (holder != me) {
      LockSupport.park(this);
    }
  }
}
