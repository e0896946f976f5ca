/// Our formats under the eyes of programs that we did not write. Each check takes a [LiveLog], the
/// address of a log and a policy, so it runs against any log that is up.
package dev.indelible.interop;
