/* A static program as an image of its own: threads, a timer, a child, a mapped file, a socket pair. Prints what it found. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 8, ROUNDS = 500 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void *count(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&lock);
		total++;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void threads(void)
{
	pthread_t all[THREADS];
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&all[i], NULL, count, NULL) != 0)
			fail("pthread_create");
	for (int i = 0; i < THREADS; i++)
		pthread_join(all[i], NULL);
}

static void timer(void)
{
	struct itimerspec soon = {.it_value.tv_nsec = 1000000};
	struct epoll_event event = {.events = EPOLLIN};
	int clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), set = epoll_create1(EPOLL_CLOEXEC);
	if (clock < 0 || set < 0 || timerfd_settime(clock, 0, &soon, NULL) != 0 || epoll_ctl(set, EPOLL_CTL_ADD, clock, &event) != 0)
		fail("timer");
	if (epoll_wait(set, &event, 1, 5000) != 1)
		fail("epoll_wait");
	close(set);
	close(clock);
}

static void child(void)
{
	int ends[2], status;
	char answer[6] = "";
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		fail("socketpair");
	pid_t pid = fork();
	if (pid == 0)
		_exit(write(ends[1], "hello", 5) == 5 ? 7 : 1);
	if (pid < 0 || read(ends[0], answer, 5) != 5 || waitpid(pid, &status, 0) != pid)
		fail("child");
	printf("child said %s and ended with %d\n", answer, WEXITSTATUS(status));
}

static void file(void)
{
	int fd = open("/tmp/file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, 4096) != 0)
		fail("/tmp/file");
	char *text = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (text == MAP_FAILED)
		fail("mmap");
	strcpy(text, "mapped");
	if (msync(text, 4096, MS_SYNC) != 0 || munmap(text, 4096) != 0 || unlink("/tmp/file") != 0)
		fail("msync");
	close(fd);
}

int main(void)
{
	threads();
	timer();
	child();
	file();
	printf("counted to %ld\n", total);
	return 0;
}
