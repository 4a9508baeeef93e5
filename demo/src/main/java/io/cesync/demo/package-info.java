/**
 * The demonstration, and what it shares with the tests of the whole: a random writer, a daemon as a
 * child process, and a comparison of both sides.
 */
package io.cesync.demo;
