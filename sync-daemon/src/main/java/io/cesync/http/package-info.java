/** Answers over HTTP from what was put down on the board; never waits for the daemon's threads. */
package io.cesync.http;
