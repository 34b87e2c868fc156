"""Document cameras (高拍仪): a UVC camera over the desk that shoots by itself when a sheet lies still."""
