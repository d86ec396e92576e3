/*
 * empty - the smallest FastCGI program: what nginx and libfcgi cost by themselves.
 */
#include <fcgiapp.h>

int
main(void)
{
	FCGX_Request rq;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&rq, 0, 0) != 0)
		return 1;
	while (FCGX_Accept_r(&rq) == 0) {
		FCGX_PutS("Content-Type: text/plain\r\nContent-Length: 0\r\n\r\n", rq.out);
		FCGX_Finish_r(&rq);
	}
	return 0;
}
