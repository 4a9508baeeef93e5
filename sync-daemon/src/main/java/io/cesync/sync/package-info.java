/** Deciding what must be written to the other side, and the loops that do it. */
package io.cesync.sync;
