/** How the daemon is, for people and programs that watch it, and what stands still. */
package io.cesync.watch;
