/** Telling systemd how the daemon is. */
package io.cesync.systemd;
