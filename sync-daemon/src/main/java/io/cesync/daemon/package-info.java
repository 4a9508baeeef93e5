/** The process: connecting, saving progress, stopping in good order. */
package io.cesync.daemon;
