"""The thin web view: pages made on the server, usable without JavaScript, told of news by SSE."""
