/** Lets people and programs watch the daemon over HTTP; never waits for its threads. */
package io.cesync.http;
